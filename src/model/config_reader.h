/* Reading site.yaml: what the readers of its parts share. Only for src/model/config*.c. */
#ifndef ISMARK_MODEL_CONFIG_READER_H
#define ISMARK_MODEL_CONFIG_READER_H

#include "model/config.h"

struct config_reader {
	struct config *config;
	struct arena *arena;
	const struct source *(*read_file)(void *context, struct str path);
	void *context;
	struct diag_list *diags;
};

/* FM018: MESSAGE says what cannot be used, HINT what to write. The default stays. */
void
config_refuse(struct config_reader *reader, struct span span, const char *message, const char *hint);
/* FM019, with the nearest of KNOWN. */
void
config_unknown_key(struct config_reader *reader, const struct tree_pair *pair, const struct str *known, size_t count);
/* True for keys that start with "x-": they belong to the user. */
bool
config_is_custom(struct str key);

/* Each refuses what is of another shape; *VALUE stays as it was then. */
bool
config_read_text(struct config_reader *reader, const struct tree *tree, struct str *text);
bool
config_read_number(struct config_reader *reader, const struct tree *tree, double least, double most, double *number);
bool
config_read_bool(struct config_reader *reader, const struct tree *tree, bool *value);
/* One text or a list of texts, appended to TEXTS. */
void
config_read_texts(struct config_reader *reader, const struct tree *tree, str_vec *texts);
bool
config_expect_map(struct config_reader *reader, const struct tree *tree);

/* The values of the keys `theme`, `risk`, `periods`, `thresholds` and `incidents`. */
void
config_read_theme(struct config_reader *reader, const struct tree *tree);
void
config_read_risk(struct config_reader *reader, const struct tree *tree);
void
config_read_periods(struct config_reader *reader, const struct tree *tree);
void
config_read_thresholds(struct config_reader *reader, const struct tree *tree);
void
config_read_incidents(struct config_reader *reader, const struct tree *tree);

#endif
