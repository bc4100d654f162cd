/** Something one can go to: found by its title, and by words that do not show. */
export interface Item {
  id: string;
  group: 'places' | 'scenarios' | 'lessons' | 'roles';
  title: string;
  /** A word beside the title: an id, or what will happen. */
  note?: string;
  words?: string;
}

// Lower is better; undefined is no match.
function rank(item: Item, wanted: string): number | undefined {
  const title = item.title.toLowerCase();
  const all = `${title} ${(item.note ?? '').toLowerCase()} ${(item.words ?? '').toLowerCase()}`;
  if (title.startsWith(wanted) || item.note?.toLowerCase() === wanted) return 0;
  if (title.includes(wanted)) return 1;
  // Every word somewhere, in any order; then the letters of the title with gaps.
  if (wanted.split(/\s+/).every((word) => all.includes(word))) return 2;
  let at = 0;
  for (const letter of wanted.replace(/\s+/g, '')) {
    at = title.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 3;
}

/** What fits the words, the best first; among equals the given order. Without words all of it. */
export function find<T extends Item>(items: readonly T[], words: string): T[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [...items];
  return items
    .flatMap((item) => {
      const value = rank(item, wanted);
      return value === undefined ? [] : [{ item, value }];
    })
    .sort((a, b) => a.value - b.value)
    .map(({ item }) => item);
}

/** The place in the list after a key; undefined for a key that does not move. */
export function move(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    default:
      return undefined;
  }
}
