// Save dialog: what dialogs share that change one definition or setting: a name, Cancel and Save, and a command whose
// refusal is shown in place while the dialog stays. Called by: stage and routing dialogs.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ui/context.h"

namespace outpost {

class SaveDialog : public Dialog {
public:
    void draw_footer(Context& context) override;

protected:
    // Checks what was typed and submits.
    virtual void save(Context& context) = 0;
    virtual bool can_save() const { return true; }

    void draw_error(Context& context);
    // The field for a name, which a new dialog begins in.
    void draw_name(Context& context, std::string_view label);
    // False, and says so at the field, when none is typed.
    bool check_name(Context& context);
    // And when another value of the picklist (not `code`, 0 for a new one) is called so.
    bool check_name(Context& context, const Field& field, std::uint16_t code);
    // The value that is to get the name: that of `code`, or a new one, whose API value may need a number after it.
    std::uint16_t name_value(Context& context, Field& field, std::uint16_t code) const;
    // Closes the dialog when the command was done, else shows why not.
    void submit(Context& context, Command command, std::string toast, std::function<void(const CommandOutcome&)> done = {});

    std::string name_, name_error_, error_;

private:
    bool focus_ = true, saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace outpost
