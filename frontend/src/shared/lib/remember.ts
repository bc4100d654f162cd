const prefix = 'agentladder.';

/** Small settings of this browser, such as language and theme. Private windows may refuse storage: then nothing is kept. */
export function remember(key: string, value: string) {
  try {
    localStorage.setItem(prefix + key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(prefix + key) ?? undefined;
  } catch {
    return undefined;
  }
}
