import type { Widgets } from 'blessed';
import type { Widgets as ContribWidgets, line } from 'blessed-contrib';
import { SMALLEST_CHART } from './chart-size.ts';
import type { Chart } from './terminal.ts';

interface Shown {
  readonly key: string;
  readonly element: ContribWidgets.LineElement;
}

/** Charts drawn by blessed-contrib over the canvas. Its widget is loaded when the first chart is shown. */
export class BlessedCharts {
  readonly #screen: Widgets.Screen;
  readonly #coloured: boolean;
  #line: typeof line | undefined = undefined;
  #loading = false;
  #wanted: readonly Chart[] = [];
  #shown: Shown[] = [];

  constructor(screen: Widgets.Screen, coloured: boolean) {
    this.#screen = screen;
    this.#coloured = coloured;
  }

  /** Shows these charts and no others with the next rendering. */
  show(charts: readonly Chart[]): void {
    this.#wanted = charts;
    if (charts.length > 0 && this.#line === undefined) {
      this.#load();
      return;
    }
    const keys = charts.map((chart) => JSON.stringify(chart));
    if (keys.length === this.#shown.length && keys.every((key, i) => key === this.#shown[i]?.key)) return;
    for (const { element } of this.#shown) element.destroy();
    this.#shown = charts.flatMap((chart, i) => {
      const element = this.#draw(chart);
      return element === undefined ? [] : [{ key: keys[i] ?? '', element }];
    });
  }

  #load(): void {
    if (this.#loading) return;
    this.#loading = true;
    import('blessed-contrib/lib/widget/charts/line.js').then(({ default: createLine }) => {
      this.#line = createLine;
      this.show(this.#wanted);
      this.#screen.render();
    });
  }

  #draw({ area, labels, line: values, colour }: Chart): ContribWidgets.LineElement | undefined {
    if (
      this.#line === undefined ||
      area.width < SMALLEST_CHART.width ||
      area.height < SMALLEST_CHART.height
    ) {
      return undefined;
    }
    // `normal` is contrib's word for the terminal's own colour.
    const element = this.#line({
      left: area.x,
      top: area.y,
      width: area.width,
      height: area.height,
      style: { line: this.#coloured ? colour : 'normal', text: 'normal', baseline: 'normal' },
      xLabelPadding: 3,
      xPadding: 5,
      minY: 0,
      numYLabels: Math.max(1, Math.floor(area.height / 4)),
    });
    this.#screen.append(element);
    element.setData([{ title: values.title, x: [...labels], y: [...values.values] }]);
    return element;
  }
}
