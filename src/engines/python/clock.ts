/**
 * CPython's clock counts microseconds; the browser's `Date.now`, under Emscripten's gettimeofday, whole milliseconds,
 * with which one `isoformat()` in a thousand has no fraction. The page's own clock is finer.
 */
const origin = performance.timeOrigin;
const sinceOrigin = performance.now.bind(performance);

Date.now = () => origin + sinceOrigin();

export {};
