/** Hands bytes to the browser as a file to keep. */
export function saveBytes(name: string, type: string, bytes: BlobPart): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its copy of the address by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
