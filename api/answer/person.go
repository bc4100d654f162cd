package answer

import (
	"strconv"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"agentladder/api/openapi"
	"agentladder/course/roster"
)

// PersonRow is a person in a list.
func PersonRow(r roster.Row) openapi.PersonRow {
	return openapi.PersonRow{
		Id: uuid.MustParse(r.ID), Login: r.Login, Name: r.Name, Tier: openapi.Tier(r.Tier), Status: openapi.PersonStatus(r.Status), LastSeenAt: r.LastSeenAt,
		Roles: Each(r.Roles, func(role roster.Role) openapi.Role { return openapi.Role(role) }), Teams: Each(r.Teams, Team),
	}
}

// Team is a team without its people.
func Team(t roster.Team) openapi.Team { return openapi.Team{Id: uuid.MustParse(t.ID), Name: t.Name} }

// PersonDetail is a person with employment, tiers and what the reader may do with them.
func PersonDetail(d roster.Detail) openapi.PersonDetail {
	return openapi.PersonDetail{
		Person: PersonRow(d.Row), Version: strconv.Itoa(d.Version), Spells: Each(d.Spells, spell), Grants: Each(d.Grants, grant),
		May: Each(d.May, func(word string) openapi.PersonDetailMay { return openapi.PersonDetailMay(word) }),
	}
}

func spell(s roster.Spell) openapi.Spell {
	return openapi.Spell{Id: uuid.MustParse(s.ID), From: Day(s.From), To: Day(s.To)}
}

func grant(g roster.Grant) openapi.Grant {
	return openapi.Grant{
		Id: uuid.MustParse(g.ID), Tier: openapi.Tier(g.Tier), On: Day(g.On), Origin: openapi.GrantOrigin(g.Origin), Evidence: g.Evidence,
		RecordedBy: g.RecordedBy, RecordedAt: g.RecordedAt,
	}
}

// Link is a one-time link as its reader opens it: the token rides in the fragment, which no server or log sees.
func Link(l roster.Link) openapi.Link {
	return openapi.Link{Path: "/link#" + l.Token, Kind: openapi.LinkKind(l.Kind), ExpiresAt: l.ExpiresAt}
}

// Day is a calendar day of the store, YYYY-MM-DD; "" is no day.
func Day(text string) openapi_types.Date {
	day, _ := time.Parse(time.DateOnly, text) // what the store has was checked when it came in
	return openapi_types.Date{Time: day}
}

// DayText is a calendar day as the store keeps it; no day is "".
func DayText(day openapi_types.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
