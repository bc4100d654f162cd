import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../shared/api/types';
import { FaultNote } from '../../shared/ui/fault-note';
import { FormRow } from '../../shared/ui/form-row';
import { disablePerson } from './api/disable-person';
import { enablePerson } from './api/enable-person';
import { personKey } from './api/get-person';
import { peopleKey } from './api/list-people';

interface Props {
  turn: 'disable' | 'enable';
  person: PersonRow;
  onClose: (done: boolean) => void;
}

/** Takes a person's access away or gives it back. The reason is kept: someone will ask for it later. */
export function ReasonDialog({ turn, person, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && reason.trim() === '';
  const turning = useMutation({
    mutationFn: turn === 'disable' ? disablePerson : enablePerson,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: personKey(person.id) });
      void queries.invalidateQueries({ queryKey: peopleKey });
      onClose(true);
    },
  });
  return (
    <Modal
      open
      centered
      width={440}
      title={t(`person.${turn}Ask`, { name: person.name })}
      okText={t(`person.${turn}`)}
      cancelText={t('action.cancel')}
      okButtonProps={{ 'data-testid': 'reason-confirm' }}
      confirmLoading={turning.isPending}
      onOk={() => {
        setTried(true);
        if (reason.trim() !== '') turning.mutate({ personId: person.id, reason: reason.trim() });
      }}
      onCancel={() => onClose(false)}
    >
      <div className="form-rows">
        <p>{t(`person.${turn}Detail`)}</p>
        <FormRow label={t('person.reason')} hint={t('person.reasonHint')} complaint={missing ? t('person.reasonNeeded') : undefined}>
          {(control) => (
            <Input.TextArea {...control} autoFocus value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="reason" />
          )}
        </FormRow>
        {turning.error && <FaultNote fault={turning.error} />}
      </div>
    </Modal>
  );
}
