/** The shortest password that the server takes, in characters. */
export const passwordMin = 10;

export type PasswordRuleName = 'length' | 'login' | 'plain';

export interface PasswordRule {
  rule: PasswordRuleName;
  met: boolean;
}

/**
 * The rules that can be shown while someone types. The server has the last word: it also knows the list of common
 * passwords.
 */
export function passwordRules(password: string, login: string): PasswordRule[] {
  const letters = Array.from(password);
  const typed = letters.length > 0;
  const name = login.toLowerCase();
  return [
    { rule: 'length', met: letters.length >= passwordMin },
    { rule: 'login', met: typed && (name.length < 4 || !password.toLowerCase().includes(name)) },
    { rule: 'plain', met: typed && unitLength(letters) > 4 && (/\p{L}/u.test(password) || letters.length >= 16) },
  ];
}

/** The length of the piece that the letters repeat: 3 for "abcabcabc", the whole length where nothing repeats. */
function unitLength(letters: readonly string[]): number {
  for (let length = 1; length < letters.length; length += 1) {
    if (letters.every((letter, at) => letter === letters[at % length])) return length;
  }
  return letters.length;
}
