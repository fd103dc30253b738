// In which order days are written here, so that 12/1 is read alike wherever it is typed. Asked of the locale itself: what
// of a date it writes first. Called by: the kit's date fields, the quick log.
#pragma once

#include "core/transfer/value_text.h"

namespace outpost {

class Context;

namespace kit {

DateOrder date_order(Context& context);

}  // namespace kit
}  // namespace outpost
