/** Milli-points as points with one decimal at most: 86500 → "86.5", 86000 → "86". */
export function points(milli: number): string {
  const tenths = Math.round(milli / 100);
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

/** Signed points with a true minus sign: "+4.5", "−3", "0". */
export function signedPoints(milli: number): string {
  const text = points(Math.abs(milli));
  if (text === '0') return '0';
  return milli < 0 ? `−${text}` : `+${text}`;
}
