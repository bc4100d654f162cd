import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonDetail } from '../../shared/api/types';
import { fullTime } from '../../shared/lib/when';
import { FaultNote } from '../../shared/ui/fault-note';
import '../../shared/ui/form-row.css';
import { issueLink } from './api/issue-link';
import { personKey } from './api/get-person';
import { LinkOnce } from './link-once';
import { ReasonDialog } from './reason-dialog';

/** Whether the person can sign in, and what HR or administration can do about it. */
export function AccessCard({ detail }: { detail: PersonDetail }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { person, may } = detail;
  const [asking, setAsking] = useState(false);
  const linking = useMutation({
    mutationFn: issueLink,
    gcTime: 0,
    onSuccess: () => void queries.invalidateQueries({ queryKey: personKey(person.id) }),
  });
  const first = person.status === 'invited';
  const turn = may.includes('disable') ? 'disable' : may.includes('enable') ? 'enable' : undefined;
  return (
    <section className="card person-card" aria-labelledby="access-title">
      <h2 id="access-title">{t('person.access')}</h2>
      <p>{t(`person.can.${person.status}`)}</p>
      {person.lastSeenAt && <p className="soft">{t('person.seenAt', { time: fullTime(person.lastSeenAt) })}</p>}
      <div className="form-end">
        {may.includes('link') && (
          <Popconfirm
            title={t(first ? 'person.linkAskFirst' : 'person.linkAsk')}
            description={t('person.linkAskDetail')}
            okText={t('person.linkMake')}
            cancelText={t('action.cancel')}
            okButtonProps={{ 'data-testid': 'issue-link-confirm' }}
            onConfirm={() => linking.mutate(person.id)}
          >
            <Button loading={linking.isPending} data-testid="issue-link">
              {t(first ? 'person.linkFirst' : 'person.linkReset')}
            </Button>
          </Popconfirm>
        )}
        {turn && (
          <Button danger={turn === 'disable'} onClick={() => setAsking(true)} data-testid={`${turn}-person`}>
            {t(`person.${turn}`)}
          </Button>
        )}
      </div>
      {linking.error && <FaultNote fault={linking.error} />}
      {linking.data && <LinkOnce link={linking.data} name={person.name} />}
      {asking && turn && (
        <ReasonDialog
          turn={turn}
          person={person}
          onClose={(done) => {
            setAsking(false);
            // A link made before is dead once the person is disabled.
            if (done) linking.reset();
          }}
        />
      )}
    </section>
  );
}
