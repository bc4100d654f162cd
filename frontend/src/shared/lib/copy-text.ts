/** Puts text on the clipboard. False when the browser will not: then the person copies by hand. */
export async function copyText(text: string): Promise<boolean> {
  // navigator.clipboard is missing on plain-http origins other than localhost.
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  try {
    if (!clipboard) return false;
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
