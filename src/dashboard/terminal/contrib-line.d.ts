/** The one widget of blessed-contrib that is used; its index would load maps, and with them a parser of XML. */
declare module 'blessed-contrib/lib/widget/charts/line.js' {
  import type { line } from 'blessed-contrib';

  const createLine: typeof line;
  export default createLine;
}
