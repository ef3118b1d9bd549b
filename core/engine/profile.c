#include "engine/profile.h"

#include <string.h>

#include "engine/duplicates.h"

bool profile_init(struct profile *profile, int64_t id, const struct identity *identity,
                  const struct value *values, struct error *err) {
  const char *texts[IDENTITY_PARTS];
  for (int i = 0; i < IDENTITY_PARTS; i++)
    texts[i] = values[i].type == VALUE_TEXT ? values[i].as.text.data : "";
  *profile = (struct profile){.id = id, .identity = identity};
  likeness_append_email(&profile->email, texts[IDENTITY_EMAIL]);
  likeness_append_phone(&profile->phone, texts[IDENTITY_PHONE]);
  if (likeness_init(&profile->person, texts[IDENTITY_PERSON], NAME_OF_PERSON, err) &&
      likeness_init(&profile->company, texts[IDENTITY_COMPANY], NAME_OF_COMPANY, err) &&
      text_check(&profile->email, err) && text_check(&profile->phone, err))
    return true;
  profile_release(profile);
  return false;
}

void profile_release(struct profile *profile) {
  likeness_release(&profile->person);
  likeness_release(&profile->company);
  text_release(&profile->email);
  text_release(&profile->phone);
}

/* ---- keys --------------------------------------------------------------------------------- */

enum { PREFIX = 4, PAIR_WORDS = 4, PHONE_TAIL = 7, WHOLE_WORD = 5 };

/* Two keys that fall together only cost a comparison. FNV-1a. */
static uint64_t hash(uint64_t seed, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++)
    seed = (seed ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
  return seed;
}

static uint64_t seed_of(char what) {
  return hash(UINT64_C(14695981039346656037), &what, 1);
}

static bool add_key(struct list *keys, uint64_t key, struct error *err) {
  uint64_t *slot = list_add(keys, err);
  if (slot)
    *slot = key;
  return slot != NULL;
}

struct span {
  const char *data;
  size_t length;
};

/* The longer word first; of equals the one that stands first in the alphabet. */
static bool comes_before(struct span a, struct span b) {
  if (a.length != b.length)
    return a.length > b.length;
  return memcmp(a.data, b.data, a.length) < 0;
}

static size_t first_words(const char *text, struct span *words) {
  size_t count = 0;
  while (*text && count < PAIR_WORDS) {
    size_t length = strcspn(text, " ");
    words[count++] = (struct span){text, length};
    text += length + (text[length] == ' ');
  }
  return count;
}

static uint64_t pair_key(char what, struct span a, struct span b) {
  struct span longer = comes_before(a, b) ? a : b, shorter = comes_before(a, b) ? b : a;
  uint64_t key = hash(seed_of(what), longer.data, longer.length < PREFIX ? longer.length : PREFIX);
  return hash(hash(key, " ", 1), shorter.data, 1);
}

static bool add_name_keys(const struct text *name, char what, struct list *keys,
                          struct error *err) {
  struct span words[PAIR_WORDS];
  size_t count = first_words(text_string(name), words);
  if (count == 1) {
    size_t length = words[0].length < WHOLE_WORD ? words[0].length : WHOLE_WORD;
    return add_key(keys, hash(seed_of(what), words[0].data, length), err);
  }
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      if (!add_key(keys, pair_key(what, words[i], words[j]), err))
        return false;
  return true;
}

/* What sounds and what looks alike meets under one kind of key. */
static bool add_likeness_keys(const struct likeness *name, char what, struct list *keys,
                              struct error *err) {
  return add_name_keys(&name->sound, what, keys, err) &&
         (strcmp(text_string(&name->sound), text_string(&name->shape)) == 0 ||
          add_name_keys(&name->shape, what, keys, err));
}

bool profile_keys(const struct profile *profile, struct list *keys, struct error *err) {
  const struct text *email = &profile->email, *phone = &profile->phone;
  if (email->length && !add_key(keys, hash(seed_of('@'), email->data, email->length), err))
    return false;
  if (phone->length >= PHONE_TAIL) {
    const char *tail = phone->data + phone->length - PHONE_TAIL;
    if (!add_key(keys, hash(seed_of('+'), tail, PHONE_TAIL), err))
      return false;
  }
  return add_likeness_keys(&profile->person, 'p', keys, err) &&
         add_likeness_keys(&profile->company, 'c', keys, err);
}

/* ---- score -------------------------------------------------------------------------------- */

/* How much one piece of evidence says by itself; several add up as independent ones do. */
static const double email_weight = 0.9, phone_weight = 0.75, tail_weight = 0.5;
static const double name_alike = 0.85; /* from here on two names may be one */
static const double name_unlike = 0.6; /* up to here they are two */
/* Of names: from barely alike to equal. */
static const double person_weight[] = {0.35, 0.7}, company_weight[] = {0.5, 0.8},
                    employer_weight[] = {0.3, 0.6};
static const double another_person = 0.3, another_company = 0.6;

enum { FULL_NUMBER = 10 };

static double compare_phones(const struct text *a, const struct text *b) {
  const struct text *longer = a->length >= b->length ? a : b, *shorter = longer == a ? b : a;
  if (shorter->length < PHONE_TAIL ||
      strcmp(longer->data + longer->length - shorter->length, shorter->data) != 0)
    return 0;
  return longer->length == shorter->length || shorter->length >= FULL_NUMBER ? 1 : tail_weight;
}

static double weigh(double alike, const double between[2]) {
  if (alike < name_alike)
    return 0;
  return between[0] + (between[1] - between[0]) * (alike - name_alike) / (1 - name_alike);
}

static double compare_names(const struct likeness *a, const struct likeness *b) {
  return a->sound.length && b->sound.length ? likeness_compare(a, b) : -1;
}

double profile_compare(const struct profile *a, const struct profile *b,
                       struct duplicate_evidence *evidence) {
  evidence->email = a->email.length && strcmp(a->email.data, text_string(&b->email)) == 0;
  evidence->phone = compare_phones(&a->phone, &b->phone);
  evidence->person = compare_names(&a->person, &b->person);
  evidence->company = compare_names(&a->company, &b->company);
  bool people = evidence->person >= 0;
  double against = 1 - (evidence->email ? email_weight : 0);
  against *= 1 - (evidence->phone >= 1 ? phone_weight : evidence->phone > 0 ? tail_weight : 0);
  against *= 1 - weigh(evidence->person, person_weight);
  if (!people)
    against *= 1 - weigh(evidence->company, company_weight);
  else if (evidence->person >= name_alike)
    against *= 1 - weigh(evidence->company, employer_weight);
  double score = 1 - against;
  if (people && evidence->person < name_unlike)
    score *= another_person;
  if (evidence->company >= 0 && evidence->company < name_unlike && !evidence->email)
    score *= another_company;
  return score;
}
