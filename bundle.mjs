import { build } from 'rolldown';

/** What is loaded together lies together: each file more costs a millisecond. The first that fits, by priority. */
const GROUPS = [
  // What the command line needs before it knows which command it is, and what nearly every command needs.
  {
    name: 'base',
    test: /dist[\\/](src[\\/](cli[\\/](failure|check[\\/]targets|live[\\/]live-options)\.|capture[\\/]live[\\/]engine\.|filter[\\/]suggest\.|report[\\/](format[\\/]|redact|secret))|dissectors[\\/]dvrip[\\/]envelope\.)/,
    priority: 4,
  },
  { name: 'zod', test: /node_modules[\\/]zod[\\/]/, priority: 3 },
  {
    name: 'core',
    test: /dist[\\/](dissectors|schemas|src[\\/](capture[\\/][^\\/]+$|reassembly|session|analysis|rules[\\/](catalogue|grouped)\.))/,
    priority: 2,
  },
  // The default command is small: it lies with what runs every command.
  {
    name: 'run',
    test: /dist[\\/]src[\\/](cli[\\/](read-run|output|progress|signals|colour|time-origin|commands[\\/]summary)\.|report[\\/](summary|text[\\/]summary-text)\.)/,
    priority: 2,
  },
  {
    name: 'records',
    test: /dist[\\/]src[\\/]report[\\/]records[\\/](finding|flow|message|session|stream)-record\./,
    priority: 2,
  },
  {
    name: 'filter',
    test: /dist[\\/]src[\\/](filter[\\/]|report[\\/]message-(fields|words))/,
    priority: 2,
  },
  { name: 'rules', test: /dist[\\/]src[\\/]rules[\\/]/, priority: 1 },
  {
    name: 'check',
    test: /dist[\\/]src[\\/](report[\\/]check[\\/](?!.*-schema)|cli[\\/]commands[\\/]check\.|cli[\\/]config[\\/]configuration\.)/,
    priority: 0,
  },
];

/**
 * The command in few files: loading two hundred modules one by one takes Node longer than reading 200 MB of capture.
 * The modules themselves stay beside it in dist/, for those who use them as a library. Rolldown's own command would
 * print a list of files into the output of `npm start`. Without blanks and comments it compiles in half the time; names stay,
 * so that a stack trace can be read.
 */
await build({
  // cap-process is a program of its own, which the command starts (src/cli/cap-process.ts).
  input: {
    dvrscope: 'dist/src/cli/dvrscope.js',
    'cap-process': 'dist/src/cli/cap-process.js',
    'model-worker': 'dist/src/dashboard/worker/model-worker.js',
  },
  platform: 'node',
  // blessed loads its widgets by name while it runs, which no bundler can follow.
  external: [/^blessed/],
  logLevel: 'warn',
  output: {
    dir: 'dist/bundle/cli',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    cleanDir: true,
    codeSplitting: { groups: GROUPS },
    minify: { compress: false, mangle: false, codegen: true },
  },
});
