import type { ReactNode } from 'react';
import './states.css';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** The note is the whole page: its title is the page's heading. */
  page?: boolean;
}

/** Nothing here, why, and what to do about it. */
export function EmptyNote({ title, children, action, page = false }: Props) {
  return (
    <div className="empty-note">
      <svg width="56" height="40" viewBox="0 0 56 40" aria-hidden="true" fill="none" stroke="var(--control)" strokeWidth="3" strokeLinecap="round">
        <path d="M6 34h16" />
        <path d="M20 20h16" strokeDasharray="1 7" />
        <path d="M34 6h16" strokeDasharray="1 7" />
      </svg>
      {page ? <h1>{title}</h1> : <strong>{title}</strong>}
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
