#include "core/objects/picklist_text.h"

#include "core/base/text.h"

namespace outpost {

bool can_be_picklist_value(std::string_view text) {
    return !trim(text).empty() && count_code_points(text) <= 255 && text.find(';') == std::string_view::npos;
}

}  // namespace outpost
