import { Skeleton } from '../../shared/ui/skeleton';

/** A page on its way. */
export function Opening() {
  return (
    <div className="page">
      <Skeleton rows={3} height={120} />
    </div>
  );
}
