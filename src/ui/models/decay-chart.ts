import {
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import type { DecayCurve } from '../../report/decay.ts';

export type Measure = 'strict' | 'raw' | 'pass';

Chart.register(CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

/** Forms of points and dashes, so that colour is never the only difference between two lines. */
const points = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'cross', 'crossRot', 'dash'] as const;
const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

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
          grid: { color: line },
          ticks: { color: ink, font },
          title: { display: true, text: texts.level, color: ink, font },
        },
      },
      plugins: {
        legend: { labels: { color: ink, font, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${(parsed.y ?? 0).toFixed(1)} %`,
          },
        },
      },
    },
  });
}
