import { defineConfig } from 'rolldown';

/**
 * The command in few files: loading two hundred modules one by one takes Node longer than reading 200 MB of capture.
 * The modules themselves stay beside it in dist/, for those who use them as a library.
 */
export default defineConfig({
  input: 'dist/src/cli/dvrscope.js',
  platform: 'node',
  output: { dir: 'dist/bundle/cli', format: 'esm', chunkFileNames: '[name].js', cleanDir: true },
});
