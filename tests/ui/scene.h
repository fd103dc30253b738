// Scene: controls of the kit in a dialog of their own, driven as UiDriver drives a page.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/kit/kit.h"

namespace outpost::testing {

class Stage : public Dialog {
public:
    explicit Stage(std::function<void(Context&)> draw) : draw_(std::move(draw)) {}
    std::string title(Context&) override { return "Stage"; }
    bool has_footer() const override { return false; }
    void draw(Context& context) override { draw_(context); }

private:
    std::function<void(Context&)> draw_;
};

struct Scene : UiDriver {
    using UiDriver::UiDriver;
    void show(std::function<void(Context&)> draw) {
        app.context().open_dialog(std::make_unique<Stage>(std::move(draw)));
        frame();
        settle();
        CHECK(unnamed() == "");
    }
};

}  // namespace outpost::testing
