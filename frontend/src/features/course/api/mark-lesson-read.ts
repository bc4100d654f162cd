import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';

export async function markLessonRead(lessonId: string): Promise<void> {
  await answer(client.POST('/lessons/{lessonId}/read', { params: { path: { lessonId } } }));
}
