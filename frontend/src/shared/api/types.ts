import type { components } from './schema';

type Schemas = components['schemas'];

export type Chat = Schemas['Chat'];
export type ChatState = Schemas['ChatState'];
export type ChatStatus = Schemas['ChatStatus'];
export type ChatSummary = Schemas['ChatSummary'];
export type Coach = Schemas['Coach'];
export type CriterionScore = Schemas['CriterionScore'];
export type Evidence = Schemas['Evidence'];
export type Fact = Schemas['Fact'];
export type LessonRef = Schemas['LessonRef'];
export type Message = Schemas['Message'];
export type MoodPoint = Schemas['MoodPoint'];
export type Person = Schemas['Person'];
export type Result = Schemas['Result'];
export type Review = Schemas['Review'];
export type Role = Schemas['Role'];
export type ScenarioCard = Schemas['ScenarioCard'];
export type ScoreLine = Schemas['ScoreLine'];
export type Scorecard = Schemas['Scorecard'];
export type SentMessage = Schemas['SentMessage'];
export type Session = Schemas['Session'];
export type Stage = Schemas['Stage'];
export type Violation = Schemas['Violation'];
