package trainee

import (
	"context"

	"github.com/google/uuid"

	"agentladder/api/answer"
	"agentladder/api/auth"
	"agentladder/api/openapi"
	"agentladder/course"
	"agentladder/course/quiz"
)

// Course implements the part of the contract about lessons and quizzes.
type Course struct {
	Service *course.Service
}

// GetCourse shows chapters and lessons with own progress.
func (c Course) GetCourse(ctx context.Context, _ openapi.GetCourseRequestObject) (openapi.GetCourseResponseObject, error) {
	overview, err := c.Service.Course(ctx, auth.ActorFrom(ctx))
	if err != nil {
		return nil, err
	}
	return openapi.GetCourse200JSONResponse(courseOf(overview)), nil
}

// GetLesson shows one lesson.
func (c Course) GetLesson(ctx context.Context, req openapi.GetLessonRequestObject) (openapi.GetLessonResponseObject, error) {
	l, err := c.Service.Lesson(ctx, auth.ActorFrom(ctx), req.LessonId)
	if err != nil {
		return nil, err
	}
	return openapi.GetLesson200JSONResponse(lessonOf(l)), nil
}

// MarkLessonRead notes a lesson as read.
func (c Course) MarkLessonRead(ctx context.Context, req openapi.MarkLessonReadRequestObject) (openapi.MarkLessonReadResponseObject, error) {
	if err := c.Service.MarkRead(ctx, auth.ActorFrom(ctx), req.LessonId); err != nil {
		return nil, err
	}
	return openapi.MarkLessonRead204Response{}, nil
}

// StartQuiz begins the quiz of a chapter or goes on with it.
func (c Course) StartQuiz(ctx context.Context, req openapi.StartQuizRequestObject) (openapi.StartQuizResponseObject, error) {
	a, err := c.Service.StartQuiz(ctx, auth.ActorFrom(ctx), req.ChapterId)
	if err != nil {
		return nil, err
	}
	return openapi.StartQuiz200JSONResponse{Id: uuid.MustParse(a.ID), ChapterId: a.ChapterID, Title: a.Title, PassLine: a.PassLine, Questions: answer.Each(a.Questions, questionOf)}, nil
}

// SubmitQuiz hands an own attempt in.
func (c Course) SubmitQuiz(ctx context.Context, req openapi.SubmitQuizRequestObject) (openapi.SubmitQuizResponseObject, error) {
	answers := answer.Each(req.Body.Answers, func(a openapi.QuizAnswer) quiz.Answer { return quiz.Answer{Question: a.QuestionId, Options: a.Options} })
	result, err := c.Service.SubmitQuiz(ctx, auth.ActorFrom(ctx), req.AttemptId.String(), answers)
	if err != nil {
		return nil, err
	}
	return openapi.SubmitQuiz200JSONResponse(resultOfQuiz(result)), nil
}

// GetQuizResult shows an own attempt that was handed in.
func (c Course) GetQuizResult(ctx context.Context, req openapi.GetQuizResultRequestObject) (openapi.GetQuizResultResponseObject, error) {
	result, err := c.Service.Result(ctx, auth.ActorFrom(ctx), req.AttemptId.String())
	if err != nil {
		return nil, err
	}
	return openapi.GetQuizResult200JSONResponse(resultOfQuiz(result)), nil
}
