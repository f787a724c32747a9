/* Answers to two functions of the colour library (lcms2), which poppler asks to build a transform for every colour
 * profile that a page uses. Text has no need of colours, and building them takes three quarters of the time that stock
 * pdftotext spends on a report. The program is linked so that its own symbols come first: poppler is told that there is
 * no transform, and falls back on the colour space that the profile is an alternative to, as it does with a damaged
 * profile. */
#include <stddef.h>
#include <stdint.h>

typedef void *profile;
typedef void *transform;

#define SEEN_BY_POPPLER __attribute__((visibility("default")))

SEEN_BY_POPPLER transform cmsCreateTransform(profile in, uint32_t in_format, profile out, uint32_t out_format,
                                             uint32_t intent, uint32_t flags);
SEEN_BY_POPPLER void cmsDoTransform(transform how, const void *in, void *out, uint32_t count);

transform cmsCreateTransform(profile in, uint32_t in_format, profile out, uint32_t out_format, uint32_t intent,
                             uint32_t flags)
{
    (void)in, (void)in_format, (void)out, (void)out_format, (void)intent, (void)flags;
    return NULL;
}

void cmsDoTransform(transform how, const void *in, void *out, uint32_t count)
{
    (void)how, (void)in, (void)out, (void)count;
}
