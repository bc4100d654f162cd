/** Offers text as a file to keep. */
export function saveText(name: string, text: string, type: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken the file over by the time the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
