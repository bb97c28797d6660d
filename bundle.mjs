import { build } from 'rolldown';

/**
 * The command in few files: loading two hundred modules one by one takes Node longer than reading 200 MB of capture.
 * The modules themselves stay beside it in dist/, for those who use them as a library. Rolldown's own command would
 * print a list of files into the output of `npm start`. Without blanks and comments it compiles in half the time; names stay,
 * so that a stack trace can be read.
 */
await build({
  input: 'dist/src/cli/dvrscope.js',
  platform: 'node',
  logLevel: 'warn',
  output: {
    dir: 'dist/bundle/cli',
    format: 'esm',
    chunkFileNames: '[name].js',
    cleanDir: true,
    minify: { compress: false, mangle: false, codegen: true },
  },
});
