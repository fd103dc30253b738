#include "ui/contrast.h"

#include <initializer_list>

namespace outpost {

Palette with_more_contrast(Palette palette) {
    palette.border = palette.border_strong = palette.field_border = palette.field_border_hover = palette.button_border = palette.text_secondary;
    palette.text_secondary = palette.text_disabled = palette.text;
    for (Tint* tint : {&palette.neutral, &palette.accent_tint, &palette.success, &palette.warning, &palette.danger_tint, &palette.info})
        tint->border = tint->text;
    return palette;
}

}  // namespace outpost
