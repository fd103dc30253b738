// The widget layer: the only way that pages draw. Every control takes its place from the layout, draws itself by the
// theme, is reachable by keyboard, and tells the semantics mirror its role, name, value, state and box.
// Called by: pages, with `namespace kit = outpost::kit`.
#pragma once

#include "ui/kit/button.h"
#include "ui/kit/card_list.h"
#include "ui/kit/choice.h"
#include "ui/kit/display.h"
#include "ui/kit/field.h"
#include "ui/kit/layout.h"
#include "ui/kit/overlay.h"
#include "ui/kit/paint.h"
#include "ui/kit/table.h"
#include "ui/kit/text.h"
