/** The largest file that the server takes. */
export const fileLimit = 2 * 1024 * 1024;

/** Why a file is not worth sending: it is empty, too large, or a workbook instead of a CSV file. */
export type FileComplaint = 'empty' | 'large' | 'workbook' | 'other';

export function complaintAbout(file: { name: string; size: number }): FileComplaint | undefined {
  const ending = /\.([^.]+)$/.exec(file.name.toLowerCase())?.[1] ?? '';
  if (['xlsx', 'xls', 'xlsm', 'et', 'numbers', 'ods'].includes(ending)) return 'workbook';
  if (!['csv', 'txt', 'tsv'].includes(ending)) return 'other';
  if (file.size === 0) return 'empty';
  if (file.size > fileLimit) return 'large';
  return undefined;
}

/** A file to start from. With a byte order mark, so that spreadsheet programs read the Chinese as what it is. */
export const templateText = '\uFEFF账号,姓名,角色,团队,入职日期\r\nwangfang,王芳,学员,,2026-01-05\r\nliwei,李伟,学员|主管,,2025-08-18\r\n';

/** A CSV field: quoted where it must be, and never one that a spreadsheet program would take for a formula. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}
