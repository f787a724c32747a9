/* How often words, classes and lexicons occur, by what <common> says: roughly, as it only decides where rules are
 * tried.
 */
#include "rules/loader.h"

#include "lexis/cut.h"

/* Of a million tokens: what nothing is said about. */
enum { WORD_RATE = 50, STEM_RATE = 100, CLASS_RATE = 500 };

/* Notes the rate of a symbol; those of one stem add up. */
static void add_rate(struct mn_loader *loader, enum mn_by by, struct mn_slice word, uint32_t rate)
{
    uint32_t symbol = mn_vocabulary_symbol(loader->rules->vocabulary, by, word);
    struct mn_rates *rates = &loader->rates;
    bool done = symbol != MN_NO_SYMBOL;
    while (done && rates->symbols[by].count <= symbol) {
        uint32_t *more = MN_APPEND(loader->scratch, &rates->symbols[by]);
        done = more != NULL;
        if (more)
            *more = 0;
    }
    if (done)
        rates->symbols[by].items[symbol] = mn_rate_sum(rates->symbols[by].items[symbol], rate);
    else
        loader->report.no_memory = true;
}

void mn_rates_word(struct mn_loader *loader, struct mn_slice word, uint32_t rate)
{
    struct mn_common *common = MN_APPEND(loader->scratch, &loader->rates.common);
    if (common)
        *common = (struct mn_common){word, rate};
    else
        loader->report.no_memory = true;
    add_rate(loader, MN_BY_FOLD, word, rate);
    add_rate(loader, MN_BY_STEM, word, rate);
}

void mn_rates_classes(struct mn_loader *loader)
{
    struct mn_rates *rates = &loader->rates;
    for (size_t i = 0; i < rates->common.count && !loader->report.no_memory; i++) {
        uint64_t bits[MN_LIMIT_TOKEN_CLASSES / 64];
        if (!mn_vocabulary_classes(loader->rules->vocabulary, rates->common.items[i].word, bits))
            loader->report.no_memory = true;
        for (uint32_t id = 0; id < MN_LIMIT_TOKEN_CLASSES && !loader->report.no_memory; id++)
            if (bits[id / 64] >> (id % 64) & 1)
                rates->classes[id] = mn_rate_sum(rates->classes[id], rates->common.items[i].rate);
    }
}

uint32_t mn_rate_sum(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

uint32_t mn_rate_of_class(const struct mn_loader *loader, uint32_t class_id)
{
    return mn_rate_sum(CLASS_RATE, loader->rates.classes[class_id]);
}

uint32_t mn_rate_of_symbol(const struct mn_loader *loader, enum mn_by by, uint32_t symbol)
{
    uint32_t least = by == MN_BY_STEM ? STEM_RATE : WORD_RATE;
    uint32_t known = symbol < loader->rates.symbols[by].count ? loader->rates.symbols[by].items[symbol] : 0;
    return known > least ? known : least;
}

void mn_rates_entry(struct mn_loader *loader, struct mn_lexicon_facts *lexicon, enum mn_by by, struct mn_slice words)
{
    size_t position = 0, before = lexicon->firsts.items.count;
    struct mn_slice token;
    if (!mn_cut_next(words, &position, &token))
        return;
    uint32_t symbol = mn_vocabulary_symbol(loader->rules->vocabulary, by, token);
    const uint32_t key[2] = {(uint32_t)by, symbol};
    struct mn_slice first = {(const char *)key, sizeof key};
    if (symbol == MN_NO_SYMBOL || mn_names_add(&lexicon->firsts, loader->scratch, first) == MN_NO_SYMBOL)
        loader->report.no_memory = true;
    if (lexicon->firsts.items.count == before)
        return;
    lexicon->rate = mn_rate_sum(lexicon->rate, mn_rate_of_symbol(loader, by, symbol));
}
