import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  file: File | undefined;
  onFile: (file: File | undefined) => void;
}

/** A file that is dropped here, or chosen. */
export function FileDrop({ file, onFile }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? 'file-drop over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      <strong>{file ? file.name : t('import.drop')}</strong>
      {file && <span className="faint">{t('import.size', { size: Math.max(1, Math.round(file.size / 1024)) })}</span>}
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {t(file ? 'import.chooseOther' : 'import.choose')}
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,text/csv"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('import.file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          // The same file again, corrected meanwhile, must be news.
          event.target.value = '';
          if (chosen) onFile(chosen);
        }}
        data-testid="import-file"
      />
    </div>
  );
}
