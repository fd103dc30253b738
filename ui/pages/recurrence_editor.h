// Recurrence editor: how an event or task repeats, as simple choices, with interval, weekdays and end where somebody
// wants more, and a sentence that says it in words. Called by: field_editor; the words by field_view and the calendar.
#pragma once

#include <string>
#include <string_view>

#include "core/base/recurrence.h"
#include "ui/context.h"
#include "ui/kit/field.h"

namespace outpost {

// "Every 2 weeks on Mon, Wed, until Dec 24, 2026". `start`: the day on which it begins.
std::string recurrence_words(Context& context, const Recurrence& rule, Days start);

class RecurrenceEditor {
public:
    RecurrenceEditor(std::string_view text, Days start);
    // What was chosen by the day goes along with it: "on Mondays" becomes "on Tuesdays".
    void follow(Days start);
    kit::Edited draw(Context& context, std::string_view key, std::string_view label, std::string_view error);
    std::string text() const;   // "" doesn't repeat
    bool valid() const { return interval_.valid && count_.valid && until_.valid; }

private:
    enum class End : std::uint8_t { Never, Until, Count };
    Recurrence simple(std::string_view choice) const;
    std::string find_choice() const;
    void choose(std::string_view choice);
    bool draw_custom(Context& context);
    bool draw_weekdays(Context& context);
    bool draw_end(Context& context);
    End end() const { return rule_.until ? End::Until : rule_.count != 0 ? End::Count : End::Never; }

    Recurrence rule_;
    Days start_;
    std::string choice_;        // "none", "daily" ... "custom"
    kit::NumberDraft interval_, count_;
    kit::DateDraft until_;
};

}  // namespace outpost
