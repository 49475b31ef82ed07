import {
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type Plugin,
} from 'chart.js';
import type { DecayCurve } from '../../report/decay.ts';
import type { Estimate } from '../../report/statistics.ts';

export type Measure = 'strict' | 'raw' | 'pass';

Chart.register(CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** Forms of points and dashes, so that colour is never the only difference between two lines. */
const points = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross', 'crossRot', 'dash'] as const;
const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** Pixels between two models at the same level: values that are the same lie side by side, not on top of each other. */
const apart = 9;

/** Sets the points of each model beside those of the others. Chart.js places them anew before every call. */
const sideBySide: Plugin<'line'> = {
  id: 'sideBySide',
  afterUpdate(chart) {
    const { length } = chart.data.datasets;
    const step = Math.min(apart, chart.chartArea.width / (8 * Math.max(1, length)));
    chart.data.datasets.forEach((_, at) => {
      for (const point of chart.getDatasetMeta(at).data) point.x += (at - (length - 1) / 2) * step;
    });
  },
};

/** Draws the interval of each point as a line with two ends. */
const whiskers = (curves: readonly DecayCurve[], measure: Measure): Plugin<'line'> => ({
  id: 'whiskers',
  beforeDatasetsDraw(chart) {
    const { ctx, scales } = chart;
    curves.forEach(({ points: own }, at) => {
      if (!chart.isDatasetVisible(at)) return;
      const { data } = chart.getDatasetMeta(at);
      own.forEach((point, level) => {
        const { low, high } = point[measure] ?? {};
        const x = data[level]?.x;
        if (low === undefined || high === undefined || x === undefined || scales['y'] === undefined) return;
        const [top, bottom] = [
          scales['y'].getPixelForValue(high * 100),
          scales['y'].getPixelForValue(low * 100),
        ];
        ctx.save();
        ctx.strokeStyle = String(chart.data.datasets[at]?.borderColor ?? '');
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, bottom);
        for (const end of [top, bottom]) {
          ctx.moveTo(x - 3, end);
          ctx.lineTo(x + 3, end);
        }
        ctx.stroke();
        ctx.restore();
      });
    });
  },
});

/** An interval in words, empty where a point has none. */
function intervalOf(estimate: Estimate | undefined): string {
  const { low, high } = estimate ?? {};
  return low === undefined || high === undefined
    ? ''
    : ` [${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}]`;
}

/** Draws the curves; colours are those of the page's theme at this moment. */
export function drawDecay(
  canvas: HTMLCanvasElement,
  curves: readonly DecayCurve[],
  measure: Measure,
  texts: { readonly level: string; readonly measure: string },
): Chart {
  const style = getComputedStyle(canvas);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const [ink, line] = [token('--ink-soft'), token('--line')];
  const font = { family: token('--font') || 'sans-serif', size: 13 };
  return new Chart(canvas, {
    type: 'line',
    plugins: [sideBySide, whiskers(curves, measure)],
    data: {
      labels: ['L0', 'L1', 'L2', 'L3'],
      datasets: curves.map(({ model, points: own }, at) => ({
        label: model,
        data: own.map((point) => (point[measure] === undefined ? null : point[measure].value * 100)),
        borderColor: token(`--series-${(at % 8) + 1}`),
        backgroundColor: token(`--series-${(at % 8) + 1}`),
        pointStyle: points[at % points.length] ?? 'circle',
        borderDash: dashes[Math.floor(at / 2) % dashes.length] ?? [],
        pointRadius: 5,
        // A point at 100 % is drawn whole.
        clip: 8,
        spanGaps: true,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        y: {
          min: 0,
          max: 100,
          grid: { color: line },
          ticks: { color: ink, font, callback: (value) => `${value} %` },
          title: { display: true, text: texts.measure, color: ink, font },
        },
        x: {
          offset: true,
          grid: { color: line },
          ticks: { color: ink, font },
          title: { display: true, text: texts.level, color: ink, font },
        },
      },
      plugins: {
        legend: { labels: { color: ink, font, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, datasetIndex, dataIndex, parsed }) =>
              `${dataset.label ?? ''}: ${(parsed.y ?? 0).toFixed(1)} %${intervalOf(curves[datasetIndex]?.points[dataIndex]?.[measure])}`,
          },
        },
      },
    },
  });
}
