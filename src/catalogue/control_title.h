/* Comparing what people call a control with its official title. */
#ifndef ISMARK_CATALOGUE_CONTROL_TITLE_H
#define ISMARK_CATALOGUE_CONTROL_TITLE_H

#include "catalogue/catalogue.h"

/* The control of CATALOGUE whose title TEXT is, in any case and punctuation, or NULL. */
const struct control *
control_find_title(const struct catalogue *catalogue, struct str text);

enum title_match {
	TITLE_SAME,      /* but for case, blanks and punctuation; also an empty text */
	TITLE_VARIED,    /* spelled otherwise, as in ISO/IEC 27002, or shortened: a note */
	TITLE_OF_OTHER,  /* is the title of another control, or of one that went into another: a warning */
	TITLE_UNRELATED  /* shares no word that means something with the title: a warning */
};

/* Compares TEXT with the title of CONTROL; for TITLE_OF_OTHER *OTHER (may be NULL) becomes the
 * control it belongs to. Words are English, so a translated title is TITLE_UNRELATED. */
enum title_match
control_title_match(const struct control *control, struct str text, const struct control **other);

#endif
