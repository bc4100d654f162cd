import type { PersonRow, PersonStatus, Role } from '../../shared/api/types';

export const allRoles: readonly Role[] = ['trainee', 'supervisor', 'hr', 'admin'];
export const allStatuses: readonly PersonStatus[] = ['active', 'invited', 'disabled'];

/** The roles that someone may give: only an administrator makes administrators. */
export function givable(own: readonly Role[]): readonly Role[] {
  return own.includes('admin') ? allRoles : allRoles.filter((role) => role !== 'admin');
}

/** The look of a status tag: what needs someone to act stands out. */
export const statusLook: Record<PersonRow['status'], string> = { active: 'tag good', invited: 'tag warn', disabled: 'tag' };
