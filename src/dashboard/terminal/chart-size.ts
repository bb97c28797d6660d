/** A line chart of contrib needs so much room; less would draw its labels over its line. */
export const SMALLEST_CHART = { width: 24, height: 6 } as const;
