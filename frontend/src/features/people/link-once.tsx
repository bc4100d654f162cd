import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../shared/api/types';
import { copyText } from '../../shared/lib/copy-text';
import { fullTime } from '../../shared/lib/when';
import '../../shared/ui/form-row.css';
import { wholeAddress } from './whole-address';

/** A one-time link, shown this one time: the server keeps only its fingerprint. */
export function LinkOnce({ link, name }: { link: Link; name: string }) {
  const { t } = useTranslation();
  const text = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');

  async function copy() {
    if (await copyText(wholeAddress(link.path))) return setSaid(t('people.copied'));
    if (text.current) window.getSelection()?.selectAllChildren(text.current);
    setSaid(t('people.copyByHand'));
  }

  return (
    <div className="link-once">
      <p>{t(link.kind === 'first' ? 'people.linkFirst' : 'people.linkReset', { name })}</p>
      <code ref={text} data-testid="invite-link">
        {wholeAddress(link.path)}
      </code>
      <div className="form-end">
        <Button type="primary" onClick={() => void copy()} data-testid="copy-link">
          {t('people.copy')}
        </Button>
        <span role="status" className="form-done">
          {said}
        </span>
      </div>
      <p className="link-once-note">{t('people.linkOnce', { time: fullTime(link.expiresAt) })}</p>
    </div>
  );
}
