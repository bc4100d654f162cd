import { useId, type ReactNode } from 'react';
import './field.css';
import './form-row.css';

/** What ties a control to its label, its hint and its complaint. */
export interface RowControl {
  id: string;
  'aria-invalid': boolean | undefined;
  'aria-describedby': string | undefined;
}

interface Props {
  label: string;
  hint?: string;
  /** What is wrong with the value, and what would be right. */
  complaint?: string | undefined;
  children: (control: RowControl) => ReactNode;
}

/** One labelled control of a form. */
export function FormRow({ label, hint, complaint, children }: Props) {
  const id = useId();
  const note = complaint || hint ? `${id}-note` : undefined;
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': complaint ? true : undefined, 'aria-describedby': note })}
      {complaint ? (
        <p id={note} className="field-note">
          {complaint}
        </p>
      ) : (
        hint && (
          <p id={note} className="form-hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** Several controls under one question. */
export function FormGroup({ label, hint, complaint, children }: Omit<Props, 'children'> & { children: ReactNode }) {
  const id = useId();
  const note = complaint || hint ? `${id}-note` : undefined;
  return (
    <fieldset className="form-row" aria-describedby={note}>
      <legend>{label}</legend>
      {children}
      {note && (
        <p id={note} className={complaint ? 'field-note' : 'form-hint'}>
          {complaint ?? hint}
        </p>
      )}
    </fieldset>
  );
}
