import { client } from '../../../shared/api/client';
import { answer } from '../../../shared/api/fault';
import type { QuizAnswer, QuizResult } from '../../../shared/api/types';

export function submitQuiz(attemptId: string, answers: QuizAnswer[]): Promise<QuizResult> {
  return answer(client.POST('/quiz-attempts/{attemptId}/submit', { params: { path: { attemptId } }, body: { answers } }));
}
