import type { Outgoing } from './send-queue';

// Drafts and unsent lines survive a reload of this tab, and nothing else: they are the buyer's and the agent's words.
const draftKey = (chatId: string) => `agentladder.draft.${chatId}`;
const linesKey = (chatId: string) => `agentladder.unsent.${chatId}`;

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string) {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser without storage keeps them as long as the page.
  }
}

export const keptDraft = (chatId: string) => read(draftKey(chatId)) ?? '';
export const keepDraft = (chatId: string, text: string) => write(draftKey(chatId), text);

export function keptLines(chatId: string): Outgoing[] {
  try {
    const lines: unknown = JSON.parse(read(linesKey(chatId)) ?? '[]');
    return Array.isArray(lines) ? (lines as Outgoing[]) : [];
  } catch {
    return [];
  }
}

export function keepLines(chatId: string, lines: readonly Outgoing[]) {
  write(linesKey(chatId), lines.length > 0 ? JSON.stringify(lines.map((line) => ({ ...line, fault: undefined }))) : '');
}
