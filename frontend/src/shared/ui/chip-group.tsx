import './chip-group.css';

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One choice of a few, as a row of toggle buttons. */
export function ChipGroup<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div className="chip-group" role="group" aria-label={label}>
      <span className="chip-label" aria-hidden="true">
        {label}
      </span>
      {options.map((option) => (
        <button key={option.value} type="button" className="chip" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
