import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { ImportReport } from '../../../shared/api/types';

/** Sends the file byte for byte: its encoding is the server's to find out. A dry run stores nothing. */
export function importPeople({ file, dryRun }: { file: Blob; dryRun: boolean }): Promise<ImportReport> {
  return answer(
    client.POST('/people/import', {
      params: { query: { dryRun } },
      body: '',
      bodySerializer: () => file.slice(0, file.size, 'text/csv'),
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}
