import { Popover } from 'antd';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EvidenceCard } from './evidence-card';
import type { Mark } from './marks';
import type { Segment } from './spans';

interface Props {
  segment: Segment<Mark>;
  seq: number;
  active: boolean;
}

/**
 * A marked piece of a message. Its evidence opens on hover, on focus and on a tap, stays while the pointer or the focus is
 * in it, and closes on Escape. The card lives beside the piece, so that Tab goes on into its lesson button.
 */
export function Highlight({ segment, seq, active }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const home = useRef<HTMLSpanElement>(null);
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const loss = segment.spans.some((mark) => mark.kind === 'loss');
  const gain = segment.spans.some((mark) => mark.kind === 'gain');
  const signs = [...new Set(segment.starting.map((mark) => (mark.kind === 'gain' ? '+' : '−')))].join('');
  const open = hovered || focused;

  return (
    <span
      className="highlight-home"
      ref={home}
      onFocus={() => setFocused(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        setFocused(false);
        setHovered(false);
      }}
    >
      <Popover
        open={open}
        onOpenChange={setHovered}
        trigger="hover"
        mouseEnterDelay={0.06}
        mouseLeaveDelay={0.12}
        getPopupContainer={() => home.current ?? document.body}
        destroyOnHidden
        content={
          <div id={id}>
            <EvidenceCard marks={segment.spans} />
          </div>
        }
      >
        <span
          className={`highlight${gain ? ' gain' : ''}${loss ? ' loss' : ''}${active ? ' active' : ''}`}
          data-testid="highlight"
          data-kind={loss ? 'loss' : 'gain'}
          data-place={`${seq}:${segment.start}`}
          data-sign={signs}
          role="button"
          tabIndex={0}
          aria-expanded={open}
          aria-describedby={open ? id : undefined}
          onClick={() => setFocused(true)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return;
            event.preventDefault();
            setFocused(true);
          }}
        >
          <span className="sr-only">{t(loss && gain ? 'score.both' : loss ? 'score.loss' : 'score.gain')}</span>
          {segment.text}
        </span>
      </Popover>
    </span>
  );
}
