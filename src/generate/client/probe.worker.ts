/** Whether anything answers at an address. It is asked without a key, and the answer is not read. */
addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const options: RequestInit = {
    mode: 'no-cors',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  };
  fetch(String(data), options).then(
    () => postMessage(true),
    () => postMessage(false),
  );
});
