const { performance, PerformanceObserver, PerformanceEntry, monitorEventLoopDelay, createHistogram, constants } = require('node:perf_hooks');

console.log(globalThis.performance === performance, performance.now() > 0, performance.timeOrigin > 1e12, Object.keys(performance.toJSON()));
console.log(Object.keys(performance.nodeTiming.toJSON()), performance.nodeTiming.name, performance.nodeTiming.entryType, performance.nodeTiming.bootstrapComplete > 0);
const mark = performance.mark('a', { detail: { x: 1 }, startTime: 5 });
console.log(mark.name, mark.entryType, mark.startTime, mark.duration, mark.detail, mark instanceof PerformanceEntry, mark.constructor.name);
performance.mark('b', { startTime: 15 });
const measure = performance.measure('a to b', 'a', 'b');
console.log(measure.name, measure.duration, measure.startTime, measure.detail, JSON.stringify(measure));
console.log(performance.measure('given', { start: 1, duration: 2, detail: 'd' }).toJSON());
console.log(performance.getEntries().map((entry) => entry.name), performance.getEntriesByName('a').length, performance.getEntriesByType('measure').length);
performance.clearMarks('a');
performance.clearMeasures();
console.log(performance.getEntries().map((entry) => entry.name));
for (const attempt of [() => performance.mark(), () => performance.measure('x', 'missing'), () => performance.mark('m', { startTime: -1 }), () => new PerformanceEntry(), () => new PerformanceObserver()]) {
  try { attempt(); console.log('no error'); } catch (error) { console.log(error.name, error.code, error.message); }
}
console.log(PerformanceObserver.supportedEntryTypes);
const observer = new PerformanceObserver((list, self) => {
  for (const entry of list.getEntries()) console.log('observed', entry.entryType, entry.name);
  console.log(self === observer, list.getEntriesByName('later').length);
});
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('later');
performance.measure('measured', 'later');
const timed = performance.timerify(function add(a, b) { return a + b; });
console.log(timed(1, 2), timed.name, timed.length);
setTimeout(() => {
  observer.disconnect();
  performance.mark('unseen');
  const utilization = performance.eventLoopUtilization();
  console.log(Object.keys(utilization), utilization.utilization >= 0, utilization.utilization <= 1);
  const histogram = createHistogram();
  for (const value of [1, 2, 3, 100]) histogram.record(value);
  console.log(histogram.count, histogram.min, histogram.max, histogram.mean, histogram.percentile(50), histogram.exceeds, [...histogram.percentiles].length > 0);
  histogram.reset();
  console.log(histogram.count, histogram.max);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  console.log(delay.enable(), delay.enable());
  setTimeout(() => { console.log(delay.count > 0, delay.disable(), delay.constructor.name); }, 40);
  console.log(constants.NODE_PERFORMANCE_GC_MAJOR, Object.keys(constants).length);
}, 100);
