package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"agentladder/migrations"
)

func (p *program) migrateCommand() *cobra.Command {
	c, environment := environmentConfig()
	var statusOnly bool
	cmd := &cobra.Command{
		Use: "migrate", Short: "Bring the database schema to this program's version", Args: cobra.NoArgs,
		Example: "  agentladder migrate\n  agentladder migrate --status",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err := c.check(environment); err != nil {
				return err
			}
			ctx := cmd.Context()
			db, err := migrations.Open(ctx, c.DatabaseURL)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, db.Close()) }()
			if !statusOnly {
				if err := db.Migrate(ctx); err != nil {
					return err
				}
			}
			status, err := db.Status(ctx)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "schema version %d of %d\n", status.Current, status.Latest)
			return nil
		},
	}
	c.databaseFlags(cmd.Flags())
	cmd.Flags().BoolVar(&statusOnly, "status", false, "only say where the schema stands")
	return cmd
}
