import type { Corpus } from '../corpus.ts';
import type { Target } from '../target.ts';
import { bodyTargets } from './bodies.ts';
import { dashboardTargets } from './dashboard.ts';
import { extractionTargets } from './extraction.ts';
import { liveTargets } from './live.ts';
import { packetTargets } from './packets.ts';
import { readerTargets } from './readers.ts';
import { reportTargets } from './reports.ts';
import { ringTargets } from './ring.ts';
import { streamTargets } from './streams.ts';
import { textTargets } from './texts.ts';

/** From the file inwards, then outwards again to what is printed. */
export function allTargets(corpus: Corpus): readonly Target[] {
  return [
    readerTargets,
    liveTargets,
    ringTargets,
    packetTargets,
    streamTargets,
    bodyTargets,
    textTargets,
    reportTargets,
    extractionTargets,
    dashboardTargets,
  ].flatMap((targets) => targets(corpus));
}
