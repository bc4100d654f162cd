package trainee

import (
	"github.com/google/uuid"

	"agentladder/api/answer"
	"agentladder/api/openapi"
	"agentladder/course"
	"agentladder/course/quiz"
)

func courseOf(o course.Overview) openapi.Course {
	return openapi.Course{Title: o.Title, Resume: lessonRef(o.Resume), Chapters: answer.Each(o.Chapters, chapterOf)}
}

func chapterOf(ch course.Chapter) openapi.Chapter {
	out := openapi.Chapter{Id: ch.ID, Title: ch.Title, Periods: ch.Periods, Lessons: answer.Each(ch.Lessons, func(l course.LessonRow) openapi.LessonRow {
		return openapi.LessonRow{Id: l.ID, Title: l.Title, Periods: l.Periods, Read: l.Read}
	})}
	if q := ch.Quiz; q != nil {
		out.Quiz = openapi.QuizRow{Questions: q.Questions, PassLine: q.PassLine, Attempts: q.Attempts, Passed: q.Passed}
		if q.Attempts > 0 {
			out.Quiz.Best = &q.Best
		}
		if q.OpenAttemptID != "" {
			out.Quiz.OpenAttemptId = uuid.MustParse(q.OpenAttemptID)
		}
	}
	return out
}

func lessonOf(l course.Lesson) openapi.Lesson {
	return openapi.Lesson{
		Id: l.ID, Title: l.Title, ChapterId: l.ChapterID, Periods: l.Periods, Read: l.Read, Html: l.HTML,
		Objectives: answer.Filled(l.Objectives), KeyPoints: answer.Filled(l.KeyPoints), Difficulties: answer.Filled(l.Difficulties), Sources: answer.Filled(l.Sources),
		Scenarios: answer.Each(l.Practice, func(r course.Ref) openapi.ScenarioRef { return openapi.ScenarioRef{Id: r.ID, Title: r.Title} }),
		Previous:  lessonRef(l.Previous), Next: lessonRef(l.Next),
	}
}

func questionOf(q quiz.Public) openapi.Question {
	return openapi.Question{Id: q.ID, Kind: openapi.QuestionKind(q.Kind), Prompt: q.Prompt,
		Options: answer.Each(q.Options, func(o quiz.PublicOption) openapi.Option { return openapi.Option{Id: o.ID, Text: o.Text} })}
}

func resultOfQuiz(r course.Result) openapi.QuizResult {
	return openapi.QuizResult{AttemptId: uuid.MustParse(r.AttemptID), ChapterId: r.ChapterID, Title: r.Title, Percent: r.Percent, PassLine: r.PassLine, Passed: r.Passed,
		Items: answer.Each(r.Items, func(i course.Item) openapi.QuizItem {
			return openapi.QuizItem{Question: questionOf(i.Public), Chosen: answer.Filled(i.Chosen), Right: answer.Filled(i.Right), Correct: i.Correct,
				Explanation: i.Explanation, Lesson: lessonRef(i.Lesson)}
		})}
}

func lessonRef(r course.Ref) openapi.LessonRef { return openapi.LessonRef{Id: r.ID, Title: r.Title} }
