const shapes = ['M16 8a8 8 0 1 1 0 16a8 8 0 0 1 0-16', 'M16 7l9 16H7z', 'M9 9h14v14H9z', 'M16 6l10 10l-10 10L6 16z', 'M16 7l8 5v9l-8 5l-8-5v-9z'];
const hues = [158, 28, 210, 275, 340, 95, 190, 45];

/** A picture for a buyer from a key: colour and shape say only "the same one as before". */
export function Avatar({ avatarKey, size = 36 }: { avatarKey: string; size?: number }) {
  let sum = 7;
  for (const char of avatarKey) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  const hue = hues[sum % hues.length] ?? 158;
  const shape = shapes[(sum >>> 4) % shapes.length];
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="16" fill={`hsl(${hue} 32% 82%)`} />
      <path d={shape} fill={`hsl(${hue} 34% 42%)`} />
    </svg>
  );
}
