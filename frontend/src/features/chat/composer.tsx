import Sender, { type SenderProps } from '@ant-design/x/es/sender';
import { Button, Input, type GetProps, type GetRef } from 'antd';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { keepDraft, keptDraft } from './keep';
import { PhraseMenu } from './phrase-menu';

const longest = 2000;

type TextAreaProps = GetProps<typeof Input.TextArea> & { ref?: Ref<GetRef<typeof Input.TextArea>> };

/** The kit's text field with a name of its own for screen readers and for the browser test. */
function Field(props: TextAreaProps) {
  const { t } = useTranslation();
  return <Input.TextArea {...props} data-testid="composer" aria-label={t('composer.label')} />;
}

// One object for good: a new one at each render would make the kit build a new field and lose the cursor.
const components: SenderProps['components'] = { input: Field as NonNullable<SenderProps['components']>['input'] };

export interface ComposerHandle {
  insert: (text: string) => void;
}

interface Props {
  chatId: string;
  phrases: readonly string[];
  onSend: (text: string) => void;
  ref: Ref<ComposerHandle>;
}

export function Composer({ chatId, phrases, onSend, ref }: Props) {
  const { t } = useTranslation();
  const sender = useRef<GetRef<typeof Sender>>(null);
  const [text, setText] = useState(() => keptDraft(chatId));
  const [menu, setMenu] = useState(false);
  const length = Array.from(text.trim()).length;
  const ready = length > 0 && length <= longest;

  useEffect(() => keepDraft(chatId, text), [chatId, text]);

  function focus() {
    sender.current?.focus({ cursor: 'end' });
  }

  function insert(phrase: string) {
    setMenu(false);
    setText((before) => (before ? `${before}${before.endsWith('\n') ? '' : '\n'}${phrase}` : phrase));
    // After the state has reached the field, so that the cursor stands behind the phrase.
    requestAnimationFrame(focus);
  }

  useImperativeHandle(ref, () => ({ insert }));

  function send() {
    if (!ready) return;
    onSend(text.trim());
    setText('');
    focus();
  }

  return (
    <div className="composer">
      {menu && (
        <PhraseMenu
          phrases={phrases}
          onPick={insert}
          onClose={() => {
            setMenu(false);
            focus();
          }}
        />
      )}
      <Sender
        ref={sender}
        value={text}
        autoSize={{ minRows: 2, maxRows: 8 }}
        placeholder={t('composer.placeholder')}
        components={components}
        onChange={(next) => {
          // Also from a Chinese input method, which gives the full-width slash.
          if (text === '' && (next === '/' || next === '／') && phrases.length > 0) setMenu(true);
          else setText(next);
        }}
        onKeyDown={(event) => {
          // While an input method composes, Enter belongs to it (229 is what Safari reports).
          if (event.nativeEvent.isComposing || event.keyCode === 229) return false;
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return undefined;
          event.preventDefault();
          if (!event.repeat) send();
          return false;
        }}
        suffix={false}
        footer={
          <div className="composer-foot">
            <Button size="small" type="text" disabled={phrases.length === 0} onClick={() => setMenu(!menu)} aria-haspopup="menu" aria-expanded={menu}>
              {t('panel.phrases')} <kbd>/</kbd>
            </Button>
            <span className={length > longest ? 'composer-count over' : 'composer-count'} role={length > longest ? 'alert' : undefined}>
              {length > longest ? t('composer.tooLong', { over: length - longest }) : t('composer.keys')}
            </span>
            <Button type="primary" disabled={!ready} onClick={send} data-testid="send">
              {t('composer.send')}
            </Button>
          </div>
        }
      />
    </div>
  );
}
