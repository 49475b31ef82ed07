let n = 0;
export const next = () => ({ n: ++n, url: import.meta.url.split('/').at(-1) });
