# ismark: make (build) · deps · build-deps · site · check-site · pdf · screenshots · test · manual · install · uninstall · clean
# CC, CFLAGS, CPPFLAGS, LDFLAGS, PREFIX and DESTDIR are yours; WERROR=1 is for developers and CI, V=1 shows commands.

PREFIX ?= /usr/local
VARIANT ?= release
BUILD := .build/$(VARIANT)
QUIET := $(if $(V),,@)

PACKAGES := libcmark yaml-0.1 lua5.4 jansson libmd libutf8proc
TEST_PACKAGES := cmocka
DEBIAN_PACKAGES := pkg-config libcmark-dev libyaml-dev liblua5.4-dev libjansson-dev libmd-dev libutf8proc-dev
DEBIAN_TEST_PACKAGES := libcmocka-dev cmark-gfm python3 python3-icalendar python3-jinja2 python3-jsonschema python3-yaml mandoc shellcheck valgrind \
	chromium fonts-dejavu-core linkchecker poppler-utils

CFLAGS ?= -O2 -g
OUR_CFLAGS := -std=c17 -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Wvla
OUR_CPPFLAGS := -D_GNU_SOURCE -Isrc -I$(BUILD)/generated
ifdef WERROR
OUR_CFLAGS += -Werror
endif
ifeq ($(VARIANT),sanitize)
OUR_CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
OUR_CPPFLAGS += -DISMARK_ARENA_MALLOC
OUR_LDFLAGS += -fsanitize=address,undefined
endif

# The library that the published search runs on: npm brings it, the compiler carries it.
MINISEARCH := src/site/search/node_modules/minisearch

# Goals that need no library: everything else stops with one line when one is missing.
WITHOUT_LIBRARIES := deps build-deps clean uninstall
ifneq ($(filter-out $(WITHOUT_LIBRARIES),$(or $(MAKECMDGOALS),all)),)
ifeq ($(filter deps build-deps,$(MAKECMDGOALS)),)
MISSING := $(strip $(foreach p,$(PACKAGES),$(shell pkg-config --exists $(p) 2>/dev/null || echo $(p))))
ifneq ($(MISSING),)
$(error missing library: $(MISSING); run `make deps`)
endif
ifeq ($(wildcard $(MINISEARCH)/package.json),)
$(error missing npm package: minisearch; run `make deps`)
endif
endif
endif
# Recursive, so that `make deps site` asks after the packages are there.
LIBRARY_CFLAGS = $(shell pkg-config --cflags $(PACKAGES))
LIBRARY_LIBS = $(shell pkg-config --libs $(PACKAGES)) -lm -pthread
TEST_LIBS = $(shell pkg-config --libs $(TEST_PACKAGES))
COMPILE = $(CC) $(OUR_CPPFLAGS) $(CPPFLAGS) $(OUR_CFLAGS) $(CFLAGS) $(LIBRARY_CFLAGS) -MMD -MP

# The catalogues' tables are made from data files by a program that runs while building.
CATALOGUE_DATA := $(sort $(wildcard src/catalogue/data/*.yaml))
GENERATOR := $(BUILD)/generate-catalogue
GENERATOR_SOURCES := src/catalogue/generate/generate.c src/base/str.c src/base/arena.c
GENERATED := $(BUILD)/generated/catalogue/data.inc

# MiniSearch with its licence, without its comments, and what ismark adds, as bytes of a C array.
SEARCH_ENGINE := $(BUILD)/generated/site/search_engine.inc
SEARCH_PARTS := $(addprefix $(MINISEARCH)/,package.json LICENSE.txt dist/umd/index.js) src/site/search/engine.js
NAME_AND_VERSION := sed -n 's/^  "version": "\(.*\)",/MiniSearch \1, https:\/\/github.com\/lucaong\/minisearch/p'
WITHOUT_COMMENTS := awk '/^ *\/\*\*/ {inside = 1} !inside && !/^ *\/\// {sub(/^ +/, ""); print} /\*\/ *$$/ {inside = 0}'
AS_NUMBERS := od -An -v -t u1 | sed 's/[0-9][0-9]*/&,/g'

SOURCES := $(sort $(wildcard src/*/*.c))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY_OBJECTS := $(filter-out $(BUILD)/cmd/main.o,$(OBJECTS))

.PHONY: all deps build-deps site check-site pdf screenshots test install uninstall clean unit-tests oracle-programs manual
all: ismark

ismark: $(BUILD)/ismark
	$(QUIET)cp -f $< $@

# Tests and generators link with this: what they do not use stays out.
LIBRARY := $(BUILD)/ismark.a
$(LIBRARY): $(LIBRARY_OBJECTS)
	@rm -f $@
	$(QUIET)$(AR) rcs $@ $^

$(BUILD)/ismark: $(OBJECTS)
	@echo "  LINK  $@"
	$(QUIET)$(CC) $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $^ $(LIBRARY_LIBS)

# Never sanitized: it is a tool of the build, not a part of what is tested.
$(GENERATOR): $(GENERATOR_SOURCES) src/base/str.h src/base/arena.h src/base/vec.h
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(QUIET)$(CC) -D_GNU_SOURCE -Isrc $(CPPFLAGS) $(filter-out -fsanitize% -fno-sanitize%,$(OUR_CFLAGS)) $(CFLAGS) $(shell pkg-config --cflags yaml-0.1) $(LDFLAGS) -o $@ $(GENERATOR_SOURCES) $(shell pkg-config --libs yaml-0.1) -lm

# The folder is named too: a file that goes away changes it.
$(GENERATED): $(GENERATOR) $(CATALOGUE_DATA) src/catalogue/data
	@mkdir -p $(@D)
	$(QUIET)$(GENERATOR) src/catalogue/data $@

$(SEARCH_ENGINE): $(SEARCH_PARTS)
	@mkdir -p $(@D)
	$(QUIET){ echo '/*!'; $(NAME_AND_VERSION) $(MINISEARCH)/package.json; cat $(MINISEARCH)/LICENSE.txt; echo '*/'; \
		$(WITHOUT_COMMENTS) $(MINISEARCH)/dist/umd/index.js; cat src/site/search/engine.js; } | $(AS_NUMBERS) >$@.new
	@mv $@.new $@

$(OBJECTS): $(BUILD)/%.o: src/%.c | $(GENERATED) $(SEARCH_ENGINE)
	@mkdir -p $(@D)
	@echo "  CC    $@"
	$(QUIET)$(COMPILE) -c -o $@ $<

UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_TESTS := $(UNIT_SOURCES:tests/unit/%.c=$(BUILD)/unit/%)
unit-tests: $(UNIT_TESTS)
$(UNIT_TESTS): $(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(QUIET)$(COMPILE) -Itests/unit $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LIBRARY_LIBS) $(TEST_LIBS)

# Small programs that let the scripts of tests/oracle/ ask a part of ismark.
ORACLE_SOURCES := $(sort $(wildcard tests/oracle/*.c))
ORACLE_PROGRAMS := $(ORACLE_SOURCES:tests/oracle/%.c=$(BUILD)/oracle/%)
oracle-programs: $(ORACLE_PROGRAMS)
$(ORACLE_PROGRAMS): $(BUILD)/oracle/%: tests/oracle/%.c $(LIBRARY)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	$(QUIET)$(COMPILE) $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LIBRARY_LIBS)

deps:
	DEBIAN_PACKAGES="$(DEBIAN_PACKAGES) $(DEBIAN_TEST_PACKAGES)" NPM_FOLDERS="src/site/search tests" sh tests/deps.sh

# For a machine that only builds and installs: nothing of what the tests need.
build-deps:
	DEBIAN_PACKAGES="$(DEBIAN_PACKAGES)" NPM_FOLDERS="src/site/search" sh tests/deps.sh

# DATE=YYYY-MM-DD pins the day that counts as today.
TODAY = $(if $(DATE),--date $(DATE))
site: ismark
	./ismark build $(TODAY)

check-site: ismark
	./ismark check $(TODAY)

# The report, the Statement of Applicability and every document as PDF below pdf/, when Chromium is installed.
pdf: site
	sh src/cmd/ismark-pdf.sh -o pdf out

# Manual pages, with the marks filled from the tables that the compiler uses.
MANUAL_GENERATOR := $(BUILD)/generate-manual
MANUAL_PAGES := $(patsubst src/man/%,$(BUILD)/man/%,$(sort $(wildcard src/man/*.[1-8])))
manual: $(MANUAL_PAGES)
$(MANUAL_GENERATOR): src/man/generate/generate.c $(LIBRARY)
	@echo "  LINK  $@"
	$(QUIET)$(COMPILE) $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< $(LIBRARY) $(LIBRARY_LIBS)
$(MANUAL_PAGES): $(BUILD)/man/%: src/man/% $(MANUAL_GENERATOR)
	@mkdir -p $(@D)
	$(QUIET)$(MANUAL_GENERATOR) <$< >$@.new && mv $@.new $@

# Pictures of every kind of page, to be looked at: make screenshots ONLY=soa
screenshots: ismark
	node tests/browser/screenshots.mjs .build/screenshots $(ONLY)

test: ismark manual unit-tests oracle-programs
	$(MAKE) VARIANT=sanitize .build/sanitize/ismark unit-tests oracle-programs
	tests/run

SHARE = $(DESTDIR)$(PREFIX)/share
SHARED_FILES := $(sort $(shell find themes/default themes/plain content src/start -type f) $(wildcard filters/*.lua))
install: ismark manual
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/ismark
	install -m 755 ismark $(DESTDIR)$(PREFIX)/bin/ismark
	install -m 755 src/cmd/ismark-pdf.sh $(DESTDIR)$(PREFIX)/bin/ismark-pdf
	for file in $(SHARED_FILES); do install -D -m 644 $$file $(SHARE)/ismark/$${file#src/} || exit 1; done
	for page in $(MANUAL_PAGES); do \
		install -D -m 644 $$page $(SHARE)/man/man$${page##*.}/$${page##*/} || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/ismark $(DESTDIR)$(PREFIX)/bin/ismark-pdf $(foreach page,$(notdir $(wildcard src/man/*.[1-8])),$(SHARE)/man/man$(subst .,,$(suffix $(page)))/$(page))
	rm -rf $(SHARE)/ismark

clean:
	rm -rf .build ismark

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(ORACLE_PROGRAMS:=.d) $(wildcard $(MANUAL_GENERATOR:=.d))
