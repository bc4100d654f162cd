import type { ButtonHTMLAttributes } from 'react';
import './button.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'plain';
  busy?: boolean;
}

/** A button of ours, for the screens that come before the component kit is loaded. Looks like the kit's. */
export function PlainButton({ look = 'plain', busy = false, className = '', disabled, ...rest }: Props) {
  return <button type="button" {...rest} className={`button ${look} ${className}`} disabled={disabled === true || busy} aria-busy={busy} />;
}
