import type { Reporter, TestModule } from 'vitest/node';

/** A line for each file with skipped tests, so that nobody takes a machine without the tools for a full pass. */
export default class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      const skipped = [...module.children.allTests('skipped')];
      const [first] = skipped;
      if (first === undefined) continue;
      const more = skipped.length > 1 ? `, and ${skipped.length - 1} more` : '';
      process.stdout.write(`skipped in ${module.relativeModuleId}: ${first.fullName}${more}\n`);
    }
    const missing = modules.some((module) => !module.children.allTests('skipped').next().done);
    if (missing) {
      process.stdout.write(
        'Skipped tests need what is not here: tshark, tcpdump, ffmpeg, zstd and the like, a newer Node, or ../shared.\n',
      );
    }
  }
}
